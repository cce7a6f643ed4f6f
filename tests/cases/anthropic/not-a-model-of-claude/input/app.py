def send(bus, order):
    bus.messages.create(model="order-v2", payload=order)
    bus.beta.messages.create(model="orders/express", payload=order)
