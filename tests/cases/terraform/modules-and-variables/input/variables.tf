variable "hub_model" {
  default = "google/gemma-2-9b-it"
}
