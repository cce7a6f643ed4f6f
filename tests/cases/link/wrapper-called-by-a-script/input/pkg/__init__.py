from .a import get
