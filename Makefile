.PHONY: build test format bench trip lookups hits decorated owner stampede

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

hits:
	dotnet run --project bench --configuration Release -- hits 40

decorated:
	dotnet run --project bench --configuration Release -- decorated 40

owner:
	dotnet run --project bench --configuration Release -- owner 25

stampede:
	dotnet run --project bench --configuration Release -- stampede 20
