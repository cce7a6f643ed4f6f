resource "aws_instance" "bert-base" {
  ami           = "ami-123"
  instance_type = "t3.large"
  tags = {
    Name  = "org/model-base"
    Model = "t3/large"
  }
}
variable "model_bucket" {
  default = "acme/models"
}
