from tables import Model
from nets import Net


class Local:
    @staticmethod
    def from_pretrained(name):
        return name


print(Local.from_pretrained("average/7"), Model.from_pretrained("average/28"))
print(Net.from_pretrained("northwind/tabular-net"))
