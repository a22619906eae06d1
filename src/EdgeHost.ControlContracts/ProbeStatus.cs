namespace EdgeHost.ControlContracts;

/// <summary>What the last probe of a site met.</summary>
/// <param name="Finding"><c>passed</c>, <c>failed</c> or <c>configuration-error</c>: it can't be right, is left out of account, and is to be corrected.</param>
/// <param name="Sent">What was asked and expected.</param>
/// <param name="Received">What came.</param>
/// <param name="At">When.</param>
public sealed record ProbeStatus(string Finding, string Sent, string Received, DateTimeOffset At);
