echo "never closed
hf download BAAI/bge-m3
cat <<NEVER
ollama pull llama3.2
