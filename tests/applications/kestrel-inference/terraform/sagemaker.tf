variable "rerank_model" {
  type    = string
  default = "mixedbread-ai/mxbai-rerank-base-v1"
}

resource "aws_sagemaker_model" "rerank" {
  name               = "kestrel-rerank"
  execution_role_arn = aws_iam_role.sagemaker.arn
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/huggingface-pytorch-inference:2.1.0-transformers4.37.0-gpu-py310-cu118-ubuntu20.04"
    environment = {
      HF_MODEL_ID = var.rerank_model
      HF_TASK     = "text-classification"
    }
  }
}

resource "aws_sagemaker_model" "summary" {
  name = "kestrel-summary"
  primary_container {
    image = "registry.example/kestrel/djl:0.27"
    environment = {
      HF_MODEL_ID = "facebook/bart-large-cnn"
    }
  }
}

resource "azurerm_cognitive_deployment" "chat" {
  name                 = "chat-prod"
  cognitive_account_id = azurerm_cognitive_account.ai.id
  model {
    format  = "OpenAI"
    name    = "gpt-4o"
    version = "2024-11-20"
  }
}
