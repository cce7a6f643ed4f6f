from transformers import AutoModel


class Base:
    name = "acme/base-7b"

    def load(self):
        return AutoModel.from_pretrained(self.name)


class Mixin:
    name = "acme/mixin-7b"


class Mixed(Mixin, Base):
    pass


class Loader:
    def load_other(self):
        return AutoModel.from_pretrained(self.other)


class Named:
    other = "acme/other-7b"


class Both(Loader, Named):
    pass


class Root:
    third = "acme/root-7b"


class Left(Root):
    pass


class Right(Root):
    third = "acme/right-7b"


class Diamond(Left, Right):
    pass


AutoModel.from_pretrained(Diamond.third)
