.PHONY: build test format bench

build:
	dotnet build

test:
	dotnet test

format:
	dotnet format

bench:
	dotnet run --project bench --configuration Release -- --filter '*'
