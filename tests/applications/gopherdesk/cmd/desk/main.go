package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"

	"github.com/tidewater/gopherdesk/internal/chat"
	"github.com/tidewater/gopherdesk/internal/config"
	"github.com/tidewater/gopherdesk/internal/local"
)

var (
	model   = flag.String("model", config.DefaultChat, "chat model")
	vision  = flag.String("vision-model", "gpt-4o", "model for screenshots")
	offline = flag.Bool("offline", false, "answer from the ship's own box")
)

func main() {
	flag.Parse()
	ctx := context.Background()
	question := flag.Arg(0)
	if *offline {
		if err := local.Answer(ctx, question, os.Stdout); err != nil {
			log.Fatal(err)
		}
		return
	}
	client := chat.New(os.Getenv("OPENAI_API_KEY"), *model)
	answer, err := client.Ask(ctx, question)
	if err != nil {
		log.Fatal(err)
	}
	if shot := flag.Arg(1); shot != "" {
		seen, err := client.See(ctx, *vision, shot)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(seen)
	}
	fmt.Println(answer)
}
