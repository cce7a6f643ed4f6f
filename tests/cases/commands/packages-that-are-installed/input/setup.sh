pip install --upgrade "transformers==4.46.0" 'torch>=2.1' sentence-transformers
python -m pip install -r requirements.txt openai
uv add langchain-openai
uv pip install --system vllm==0.6.3
pip install git+https://github.com/huggingface/diffusers ./local requests
npm install -g @anthropic-ai/sdk@0.30.1 express
apt-get install -y python3-torch
pip uninstall -y tensorflow
