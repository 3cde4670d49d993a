namespace CacheOrleans.Simulation.Histories;

/// <summary>Makes a plan that fails as short as it can be while it still fails.</summary>
/// <param name="fails">Runs a plan, and returns whether a promise did not hold.</param>
internal sealed class Shrinker(Func<Plan, bool> fails)
{
    public Plan Shrink(Plan plan)
    {
        for (var size = plan.Steps.Count / 2; size >= 1; size = size > 1 ? size / 2 : 0)
        {
            plan = WithoutSteps(plan, size);
        }

        return WithFewerFaults(WithFewerNodes(WithoutSteps(plan, 1)));
    }

    /// <summary>Leaves out every group of steps without which it still fails.</summary>
    private Plan WithoutSteps(Plan plan, int size)
    {
        for (var first = 0; first < plan.Steps.Count;)
        {
            var shorter = plan with { Steps = [.. plan.Steps.Take(first), .. plan.Steps.Skip(first + size)] };
            if (fails(shorter))
            {
                plan = shorter;
            }
            else
            {
                first += size;
            }
        }

        return plan;
    }

    private Plan WithFewerNodes(Plan plan)
    {
        while (plan.Silos > 1 && plan with { Silos = plan.Silos - 1 } is var smaller && fails(smaller))
        {
            plan = smaller;
        }

        while (plan.Clients.Length > 1 && plan with { Clients = plan.Clients[..^1] } is var smaller && fails(smaller))
        {
            plan = smaller;
        }

        return plan;
    }

    /// <summary>Tries without each kind of fault that may happen, which makes the promises stricter.</summary>
    private Plan WithFewerFaults(Plan plan)
    {
        foreach (var fault in Enum.GetValues<Faults>().Where(fault => fault is not (Faults.None or Faults.All)))
        {
            if (plan.Faults.HasFlag(fault)
                && plan with { Faults = plan.Faults & ~fault } is var stricter && !stricter.HasFaults(fault)
                && fails(stricter))
            {
                plan = stricter;
            }
        }

        return plan;
    }
}
