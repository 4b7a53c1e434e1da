using System.Runtime.CompilerServices;
using Shouldly;
using Xunit;

namespace Hansa.Federation.Tests;

/// <summary>Who has bound what, while connections come and go at once.</summary>
public sealed class BindTableTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 2).Select(i => $"Thing{i}")];

    [Fact]
    public async Task What_the_last_connection_of_an_owner_gives_up_while_its_next_one_binds_it_stays_bound()
    {
        for (var round = 0; round < 200_000; round++)
        {
            var table = new BindTable();
            var (old, next) = (Session(), Session());
            var owner = table.Join(old, "device", isLink: false, "");
            table.Bind(owner, old, Names);
            using var together = new Barrier(2);
            await Task.WhenAll(
                Task.Run(() =>
                {
                    together.SignalAndWait();
                    table.Leave(owner, old);
                }),
                Task.Run(() =>
                {
                    together.SignalAndWait();
                    table.Bind(table.Join(next, "device", isLink: false, ""), next, Names);
                }));
            Names.Where(name => table.Find(name)?.Sessions.Contains(next) != true).ShouldBeEmpty($"in round {round}");
        }
    }

    [Fact]
    public void An_owner_takes_over_when_the_one_before_it_is_gone()
    {
        var table = new BindTable();
        var (one, two) = (Session(), Session());
        var (first, second) = (table.Join(one, "1", isLink: false, ""), table.Join(two, "2", isLink: false, ""));
        var heirs = new List<string>();
        table.Inherited += binding => heirs.Add(binding.Owner.Id);
        table.Bind(first, one, ["Thing"]);
        table.Bind(second, two, ["Thing"]);
        table.Find("Thing")!.Owner.ShouldBe(first);
        heirs.ShouldBeEmpty();
        table.Leave(first, one);
        table.Find("Thing")!.Owner.ShouldBe(second);
        heirs.ShouldBe(["2"]);
        table.Unbind(second, two, ["Thing", "Thing", "Unknown"]);
        table.Find("Thing").ShouldBeNull();
    }

    [Fact]
    public void A_name_may_be_bound_and_given_up_many_times()
    {
        var table = new BindTable();
        var session = Session();
        var owner = table.Join(session, "1", isLink: false, "");
        for (var i = 0; i < 3; i++)
        {
            table.Bind(owner, session, ["Thing"]).ShouldBeEmpty();
            table.Bind(owner, session, ["Thing"]).ShouldBe(["Thing"]);
            table.Unbind(owner, session, ["Thing"]);
            table.Find("Thing").ShouldBeNull();
            table.Names.ShouldBeEmpty();
        }
    }

    // A table asks nothing of a session but who it is.
    private static ServerSession Session() => (ServerSession)RuntimeHelpers.GetUninitializedObject(typeof(ServerSession));
}
