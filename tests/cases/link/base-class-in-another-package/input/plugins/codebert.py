from zoo import Base


class CodeBert(Base):
    def default(self):
        return "microsoft/unixcoder-base"
