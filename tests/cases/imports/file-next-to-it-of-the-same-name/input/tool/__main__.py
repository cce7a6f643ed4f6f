from transformers import upper

print(upper("hello"))
