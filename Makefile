.PHONY: build test test-evictions fuzz simulate chaos soak faults bite bite-fuzz format bench bench-quick benchmarks

build:
	dotnet build

test:
	dotnet test

# The long form of a test: what 500,000 evicted entries leave behind. A minute or two.
test-evictions: export CACHEORLEANS_EVICTIONS = 500000
test-evictions:
	dotnet test --project tests/Grains.Tests --filter-class '*EvictionMemoryTests'

# INPUTS=100000 runs that many, SEED=7 makes others, ONLY=redis runs one target, and INPUT=00ff one input of it.
# KEEP=1 adds inputs with new outcomes to the corpus.
fuzz:
	dotnet build tests/Fuzz --configuration Release --verbosity quiet
	dotnet artifacts/bin/CacheOrleans.Fuzz/release/CacheOrleans.Fuzz.dll \
		$(if $(INPUT),replay --input $(INPUT),run --inputs $(or $(INPUTS),10000000) --seed $(or $(SEED),1)) \
		$(if $(ONLY),--only $(ONLY)) $(if $(KEEP),--keep $(KEEP))

# INPUTS=10000 tries ten thousand inputs for each mutation. One or two minutes for each.
bite-fuzz:
	tests/Fuzz/bite.sh $(or $(INPUTS),1000000)

# ONLY="kill freeze" runs those scenarios alone; SEED=7 makes other choices. Both write docs/reliability.md.
chaos:
	dotnet run --project tests/Chaos -- run --write --seed $(or $(SEED),1) $(if $(ONLY),--scenario $(ONLY))

soak:
	dotnet run --project tests/Chaos -- soak --write --seed $(or $(SEED),1) --minutes $(or $(MINUTES),60)

faults: export CACHEORLEANS_LONG = 1
faults:
	dotnet test --project tests/EndToEnd \
		--filter-class '*SickSiloTests' --filter-class '*AcceptedWriteTests' --filter-class '*SiloFailureTests' \
		--filter-class '*EmbeddedCrashTests' --filter-class '*CoordinatorLossTests' --filter-class '*.AlertTests' \
		--filter-class '*StarvedSiloTests' --filter-class '*OutageTests'

# SEEDS=1000 tries a thousand histories for each mutation. About a minute for each.
bite:
	tests/Simulation/bite.sh $(or $(SEEDS),4000)

format:
	dotnet format

# ONLY=hit,owner.client measures those rows alone, TRACE=file replays it, CHARTS=docs/images draws there.
# Without the delay code is optimized as soon as it has been called often, and not a while later.
bench bench-quick: export DOTNET_TC_CallCountingDelayMs = 0
bench bench-quick:
	dotnet run --project bench --configuration Release -- table $(if $(filter bench-quick,$@),--quick) \
		$(if $(ONLY),--only $(ONLY)) $(if $(TRACE),--trace $(TRACE)) $(if $(CHARTS),--charts $(CHARTS))

benchmarks:
	dotnet run --project bench --configuration Release -- --filter '*'

# SEEDS=100000 runs that many histories, from FIRST on; SEED=1943 runs one, and prints what happens in it.
simulate:
	dotnet build tests/Simulation --configuration Release --verbosity quiet
	dotnet artifacts/bin/CacheOrleans.Simulation/release/CacheOrleans.Simulation.dll \
		$(if $(SEED),replay $(SEED),run $(or $(FIRST),1) $(or $(SEEDS),10000))
