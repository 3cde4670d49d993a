.PHONY: build test format bench trip lookups

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

lookups:
	dotnet run --project bench --configuration Release -- lookups 100
