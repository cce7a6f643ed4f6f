package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

// Routes of the small web page.
func Routes() http.Handler {
	r := chi.NewRouter()
	r.Get("/desk/tickets", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
	})
	r.Get("/models/list", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
	})
	return r
}

// ships of the fleet; two of them happen to be called like models.
var ships = map[string]string{"gemma": "Gemma II", "claude": "Claude Monet", "opus": "Magnum Opus"}
