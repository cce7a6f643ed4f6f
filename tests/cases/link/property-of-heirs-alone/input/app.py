from base import Base


class A(Base):
    @property
    def name(self):
        return "acme/ranker-7b"
