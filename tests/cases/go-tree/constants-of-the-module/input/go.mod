module acme.example/rag

go 1.23
