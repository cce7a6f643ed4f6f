python manage.py dumpdata --model auth/User-7b
docker run -v /a:/b bitnami/redis-base:7 --model x
npm install @scope/model-base
git clone https://github.com/org/bert-base
git clone git@github.com:BAAI/bge-m3.git
cd models/bert-base && make model/large
rails generate model users/account-base
curl https://example.com/models/bert-base
echo "hf download BAAI/bge-m3"
grep -r "vllm serve" docs/
apt-get install -y mistral/llama
scp host:models/llama-7b .
export PATH=/opt/llama/bin:$PATH MODEL_DIR=models/llama-7b
hf auth login --token "$HF_TOKEN"
ollama list
vllm --version
hf download
