from base import Base


class A(Base):
    def name(self):
        return "acme/ranker-7b"
