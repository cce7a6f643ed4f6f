package main

import (
	"net/http"

	"github.com/gorilla/mux"
)

// Vehicle is a van of the fleet.
type Vehicle struct {
	Model string `json:"model"`
	Depot string
}

var fleet = []Vehicle{
	{Model: "mercedes/vito", Depot: "hamburg/altona"},
	{Model: "ford/e-transit", Depot: "kiel/nord"},
	{Model: "gemini", Depot: "bremen/west"},
}

const defaultModel = "ford/e-transit"

func main() {
	r := mux.NewRouter()
	r.HandleFunc("/vans/list", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte(fleet[0].Model + defaultModel))
	})
	_ = http.ListenAndServe(":8080", r)
}
