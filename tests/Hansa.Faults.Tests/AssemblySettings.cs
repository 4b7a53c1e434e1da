using Xunit;

// Load, kills and time limits of one test would disturb those of another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
