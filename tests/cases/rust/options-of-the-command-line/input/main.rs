use async_openai::{types::CreateChatCompletionRequestArgs, Client};
use clap::{Arg, Args, Command, Parser, Subcommand};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Commands,
    #[command(flatten)]
    shared: Shared,
}

#[derive(Args)]
struct Shared {
    #[arg(long, default_value = "gpt-4.1-nano")]
    judge: String,
}

#[derive(Subcommand)]
enum Commands {
    Ask {
        #[arg(long, env = "ASK_MODEL", default_value = "gpt-4.1")]
        model: String,
        #[arg(default_value = "notes/all")]
        folder: String,
    },
    Serve(ServeArgs),
}

#[derive(Args)]
struct ServeArgs {
    #[arg(short, long, default_value_t = String::from("gpt-4o-mini"))]
    model: String,
}

async fn ask(model: &str) {
    let request = CreateChatCompletionRequestArgs::default().model(model).build().unwrap();
    Client::new().chat().create(request).await;
}

#[tokio::main]
async fn main() {
    let cli = Cli::parse();
    ask(&cli.shared.judge).await;
    match cli.command {
        Commands::Ask { model, folder } => ask(&model).await,
        Commands::Serve(args) => ask(&args.model).await,
    }
    let matches = Command::new("x")
        .arg(Arg::new("writer").long("writer").default_value("gpt-5-mini"))
        .get_matches();
    let writer = matches.get_one::<String>("writer").unwrap();
    ask(writer).await;
}
