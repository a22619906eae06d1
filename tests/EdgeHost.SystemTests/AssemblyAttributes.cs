// Scenarios measure times and stop what others would use: one after the other.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(EdgeHost.SystemTests.Wikis.ExportedWiki))]
