package llm

var defaults = map[string]string{
	"fast": "gpt-4o-mini",
	"best": "gpt-5",
}

func pick(tier string) string {
	switch tier {
	case "embed":
		return "gpt-4-turbo"
	default:
		return defaults[tier]
	}
}
