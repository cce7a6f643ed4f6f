# escape=`
FROM python:3.12
ARG M=google/flan-t5-small
RUN hf download `
    %M% && hf download $M
ONBUILD RUN ollama pull llama3.2
HEALTHCHECK --interval=5s CMD curl -f http://localhost || exit 1
ENTRYPOINT vllm serve $M
