module github.com/nordpost/router

go 1.24

require (
	github.com/gorilla/mux v1.8.1
	github.com/jackc/pgx/v5 v5.7.4
	golang.org/x/text v0.24.0
)
