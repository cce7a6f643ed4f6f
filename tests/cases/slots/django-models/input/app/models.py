from django.db import models


class Order(models.Model):
    buyer = models.ForeignKey("auth.User", on_delete=models.CASCADE)
    model = models.CharField(max_length=20, default="basic/plan")

    class Meta:
        app_label = "shop"
