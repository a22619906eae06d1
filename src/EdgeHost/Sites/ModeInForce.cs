using System.Collections.Immutable;
using EdgeHost.SnapshotStore.Operating;

namespace EdgeHost.Sites;

/// <summary>The mode that holds for a site right now and the override that it comes from; and those that hold for parts of the site.</summary>
internal sealed class ModeInForce
{
    public static readonly ModeInForce Auto = new(null, []);

    private readonly ImmutableArray<ModeInForce> paths;

    private ModeInForce(HeldOverride? held, ImmutableArray<ModeInForce> paths)
    {
        this.paths = paths;
        Held = held;
        Mode = held?.Override.Mode ?? OperatorMode.Auto;
        DecidedBy = Mode == OperatorMode.Auto ? null : held!.Scope.ToString();
    }

    /// <summary>The override; null when there is none.</summary>
    public HeldOverride? Held { get; }

    public OperatorMode Mode { get; }

    /// <summary>Where it was set; null when nowhere.</summary>
    public OverrideScope? Scope => Held?.Scope;

    public ModeOverride? Override => Held?.Override;

    /// <summary>The scope as answers and logs name it, where an operator decides; null where health does.</summary>
    public string? DecidedBy { get; }

    /// <summary>What holds for parts of the site, the longest path first.</summary>
    public IEnumerable<HeldOverride> Paths => paths.Select(path => path.Held!);

    /// <param name="order">The overrides that hold for the site or a part of it, as <see cref="Precedence.Of"/> puts them.</param>
    public static ModeInForce Of(ImmutableArray<HeldOverride> order) => order.IsEmpty ? Auto : new(
        order.FirstOrDefault(held => held.Scope.Kind != ScopeKind.Path),
        [.. order.Where(held => held.Scope.Kind == ScopeKind.Path).Select(held => new ModeInForce(held, []))]);

    /// <summary>What holds for a canonical path of the site.</summary>
    public ModeInForce At(string path)
    {
        foreach (var part in paths)
        {
            if (part.Held!.Scope.CoversPath(path))
            {
                return part;
            }
        }

        return this;
    }

    /// <summary>Whether it comes from the same overrides.</summary>
    public bool IsSame(ModeInForce other) => Held == other.Held && Paths.SequenceEqual(other.Paths);
}
