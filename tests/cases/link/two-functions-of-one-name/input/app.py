import models
import pages
from pages import load

load("shop/basket")
pages.load("shop/checkout")
models.load("facebook/deit-tiny-patch16-224")
