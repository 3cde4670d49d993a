.PHONY: build test format bench trip

build:
	dotnet build

test:
	dotnet test

format:
	dotnet format

bench:
	dotnet run --project bench --configuration Release -- --filter '*'

trip:
	dotnet run --project bench --configuration Release -- trip 200
