from zoo.base import Base
