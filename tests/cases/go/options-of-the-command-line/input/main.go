package main

import (
	"context"
	"flag"

	"github.com/openai/openai-go"
	"github.com/spf13/cobra"
	"github.com/spf13/viper"
	"github.com/urfave/cli/v2"
)

var (
	plain  = flag.String("model", "gpt-4o-mini", "model")
	folder = flag.String("folder", "notes/all", "folder")
)

type options struct {
	model string
	judge string
}

func ask(ctx context.Context, model string) {
	client := openai.NewClient()
	client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{Model: model})
}

func newCommand() *cobra.Command {
	opts := options{}
	command := &cobra.Command{
		Use: "ask",
		RunE: func(command *cobra.Command, args []string) error {
			named, _ := command.Flags().GetString("named")
			ask(command.Context(), opts.model)
			ask(command.Context(), named)
			ask(command.Context(), viper.GetString("summary.model"))
			return nil
		},
	}
	command.Flags().StringVarP(&opts.model, "model", "m", "gpt-4.1", "model")
	command.Flags().String("named", "o4-mini", "model")
	command.PersistentFlags().StringVar(&opts.judge, "judge", "gpt-4.1-nano", "model")
	viper.SetDefault("summary.model", "gpt-4o-2024-08-06")
	return command
}

func app() *cli.App {
	return &cli.App{
		Flags: []cli.Flag{&cli.StringFlag{Name: "writer", Value: "gpt-5-mini"}},
		Action: func(c *cli.Context) error {
			ask(c.Context, c.String("writer"))
			return nil
		},
	}
}

func main() {
	var late string
	flag.StringVar(&late, "late", "gpt-5", "model")
	flag.Parse()
	ask(context.Background(), *plain)
	ask(context.Background(), late)
	ask(context.Background(), flag.Arg(0))
}
