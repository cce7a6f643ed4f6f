import stripe
from acme.db import Client

client = Client()
car = client.cars.create(model="gpt-4o", color="red")
plan = stripe.Plan.create(model="o1-basic")
job = client.chat.create(model="internal")
