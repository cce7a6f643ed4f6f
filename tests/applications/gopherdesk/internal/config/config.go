// Package config holds what an operator may change.
package config

import (
	"cmp"
	"os"
)

const (
	// DefaultChat answers most questions.
	DefaultChat = "gpt-4o-mini"
	// Embeddings are stored; changing this means indexing again.
	Embeddings = "text-embedding-3-large"

	UserAgent = "gopherdesk/1.4"
	Route     = "desk/tickets"
)

// Summarizer returns the model for the weekly report.
func Summarizer() string {
	return cmp.Or(os.Getenv("DESK_SUMMARIZER"), "claude-3-5-haiku-20241022")
}

// Translator returns the model for crew mail.
func Translator() string {
	if m := os.Getenv("DESK_TRANSLATOR"); m != "" {
		return m
	}
	return "mistral-small-2503"
}
