param(
    [string]$Model = "acme/param-default",
    [string]$Out = "out/dir"
)
$ErrorActionPreference = "Stop"
$models = @("acme/a-model", "acme/b-model")
$list = "acme/c-model", "acme/d-model"
$many = @(
    "acme/e-model",
    "acme/f-model"
)
foreach ($m in $models) {
    huggingface-cli download $m
}
foreach ($m in $list) { hf download $m }
$many | ForEach-Object { hf download $_ }
"acme/x-model","acme/y-model" | % { hf download $_ }
if (-not (Test-Path "models")) {
    hf download acme/in-branch
} else {
    hf download acme/other-branch
}
function Get-Model {
    hf download acme/in-function
}
Get-Model
hf download $Model
& "hf" download acme/ampersand
Invoke-WebRequest -Uri "https://huggingface.co/acme/file-model/resolve/main/a.gguf" -OutFile a.gguf
docker run --rm `
  -e MODEL=acme/env-model `
  vllm/vllm-openai:v0.8 `
  --model acme/served
$env:MODEL_ID = "acme/env-var"
<#
hf download acme/block-comment
#>
# hf download acme/commented-out
Write-Host "hf download acme/only-said"
