resource "google_vertex_ai_endpoint_with_model_garden_deployment" "a" {
  publisher_model_name = "publishers/google/models/paligemma@paligemma-224-float32"
}
resource "google_vertex_ai_endpoint_with_model_garden_deployment" "b" {
  hugging_face_model_id = var.hub_model
}
resource "google_vertex_ai_endpoint_with_model_garden_deployment" "c" {
  publisher_model_name = "publishers/hf-google/models/gemma-2b"
}
resource "aws_bedrockagent_knowledge_base" "k" {
  embedding_model_arn = "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0"
}
resource "null_resource" "n" {
  provisioner "local-exec" {
    command = "ollama pull llama3.2 && hf download BAAI/bge-m3"
  }
}
