from model import Router

router = Router.from_pretrained("acme-labs/router-v3")
