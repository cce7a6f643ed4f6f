from encoder import Encoder

encoder = Encoder("avsolatorio/GIST-small-Embedding-v0")
