from base import Base


class A(Base):
    MODEL = "acme/ranker-7b"


class B(A):
    MODEL = "acme/reader-1b"
