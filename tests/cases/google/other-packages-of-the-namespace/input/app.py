from google.cloud import storage
from google.protobuf import json_format

storage.Client().bucket("gemini-2.0-flash").blob("model")
json_format.Parse("{}", None)


class Client:
    def generate_content(self, model):
        return model


Client().generate_content(model="pro")
