package config

import (
	"os"

	"github.com/kelseyhightower/envconfig"
	"gopkg.in/yaml.v3"
)

type LLM struct {
	Model   string `yaml:"model"`
	BaseURL string `yaml:"baseURL"`
	Fast    string `yaml:"fast"`
}

type Config struct {
	LLM LLM `yaml:"llm"`
}

type Env struct {
	Embedder string `envconfig:"EMBEDDER" default:"text-embedding-3-large"`
	Judge    string `env:"JUDGE" envDefault:"gpt-4.1"`
}

func Load(path string) (*Config, error) {
	raw, err := os.ReadFile("config.yaml")
	if err != nil {
		return nil, err
	}
	var c Config
	err = yaml.Unmarshal(raw, &c)
	return &c, err
}

func FromEnv() Env {
	var e Env
	envconfig.MustProcess("", &e)
	return e
}
