@echo off
setlocal
set "MODEL_ID=acme/a-model"
set REV=abc
if not exist models (
  hf download %MODEL_ID% --revision %REV%
) else (
  echo acme/only-said
)
for %%m in (acme/b-model acme/c-model) do hf download %%m
for %%m in (acme/d-model acme/e-model) do (
  hf download %%m
)
if "%1"=="" (set BASE=acme/default) else (set BASE=%1)
hf download %BASE%
REM hf download acme/commented-out
:: hf download acme/also-commented-out
call ollama pull llama3.2:3b
hf download acme/continued ^
  --quiet
