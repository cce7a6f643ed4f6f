from twilio.rest import Client

client = Client("AC0", "none")
sms = client.messages.create(body="Your code is 1234", to="+100", from_="+200")
other = client.messages.create(model="default", to="+100")
