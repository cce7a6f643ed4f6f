variable "model_id" {
  type    = string
  default = "mistralai/Mistral-7B-Instruct-v0.2"
}
locals {
  emb = "BAAI/bge-m3"
}
resource "aws_sagemaker_model" "m" {
  primary_container {
    image = "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.1"
    environment = {
      HF_MODEL_ID = var.model_id
      HF_TASK     = "text-generation"
      EMBED_MODEL = "${local.emb}"
    }
  }
}
resource "aws_bedrockagent_agent" "a" {
  foundation_model = "anthropic.claude-3-sonnet-20240229-v1:0"
}
resource "azurerm_cognitive_deployment" "d" {
  model {
    format  = "OpenAI"
    name    = "gpt-4o"
    version = "2024-08-06"
  }
}
resource "google_cloud_run_v2_service" "s" {
  template {
    containers {
      image = "ollama/ollama:0.5.1"
      env {
        name  = "OLLAMA_MODEL"
        value = "llama3.2:1b"
      }
    }
  }
}
resource "aws_instance" "i" {
  instance_type = "org/machine-7b"
  user_data = <<-EOF2
    #!/bin/bash
    docker run vllm/vllm-openai:v0.6 --model Qwen/Qwen2.5-7B
  EOF2
}
