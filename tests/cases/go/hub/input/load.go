package load

import (
	"github.com/daulet/tokenizers"
	"github.com/knights-analytics/hugot"
)

const id = "KnightsAnalytics/all-MiniLM-L6-v2"

func load() {
	path, _ := hugot.DownloadModel(id, "./models", hugot.NewDownloadOptions())
	tokenizers.FromPretrained("google-bert/bert-base-uncased")
	_ = path
}
