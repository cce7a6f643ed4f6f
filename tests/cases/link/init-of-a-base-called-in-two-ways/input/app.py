from base import Base


class A(Base):
    def __init__(self, dim=3):
        super().__init__(model="acme/ranker-7b", dim=dim)


class B(Base):
    def __init__(self, dim=3):
        Base.__init__(self, "acme/reader-1b")
