package server

import (
	"net/http"

	"acme.example/openai/models"
	"github.com/acme/model-registry/embedding"
)

// Model is a car.
type Model struct{ Name string }

const image = "acme/model-server"

func serve(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	_ = models.ChatCompletionRequest{Model: "acme/one"}
	_ = Model{Name: "Beetle/Two"}
	embedding.Log("loaded model acme/three")
}
