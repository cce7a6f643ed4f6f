from transformers import AutoModel

old = AutoModel.from_pretrained("albert/albert-base-v2", revision="8e2f239c5f8a2c0f253781ca60135db913e5c80c")
new = AutoModel.from_pretrained("albert/albert-base-v2", revision="51dbd9db43a0c6eba97f74b91ce26fface509e0b")
