#!/bin/sh
go get github.com/sashabaranov/go-openai@v1.41.2
go install github.com/ollama/ollama@latest
cargo add async-openai@=0.30.1 candle-core@0.9 serde --features derive
gem install ruby-openai
composer require openai-php/client:^0.18 symfony/console
dotnet add src/App.csproj package microsoft.ml --version 4.0.3
dotnet add package OllamaSharp
dotnet add package Serilog --version 4
conda install -c conda-forge pytorch=2.5 conda-forge::faiss-cpu==1.9.0
cargo add "$CRATE"
