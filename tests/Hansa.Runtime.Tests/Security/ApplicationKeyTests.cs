using System.Net;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Hansa.Storage;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Security;

/// <summary>Application keys: who may make them, where and how long they let in, and what is kept of them.</summary>
public sealed class ApplicationKeyTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(_time);
        await _platform.MakeUserAsync("edge");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_key_lets_in_as_its_user_until_it_expires()
    {
        var key = await MakeAsync(("expirationDate", _time.GetUtcNow().AddHours(2)));
        SignIn(key).UserName.ShouldBe("edge");
        _time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromMilliseconds(1));
        SignIn(key);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Refused(key).ShouldContain("[Key] has expired");
        (await _platform.CallAsync("ApplicationKeys/Key", "IsExpired")).AsBoolean().ShouldBeTrue();
        await _platform.CallAsync("ApplicationKeys/Key", "SetExpirationDate", ("expirationDate", _time.GetUtcNow().AddHours(1)));
        SignIn(key);
        await _platform.CallAsync("ApplicationKeys/Key", "ResetExpirationDateToDefault");
        _time.Advance(TimeSpan.FromHours(23));
        SignIn(key);
    }

    [Fact]
    public async Task A_key_lives_a_day_where_nobody_says_otherwise()
    {
        var key = await MakeAsync();
        _time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        SignIn(key);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Refused(key);
    }

    [Theory]
    [InlineData("", "203.0.113.9", true)]
    [InlineData("203.0.113.9", "203.0.113.9", true)]
    [InlineData("203.0.113.9", "203.0.113.8", false)]
    [InlineData("10.0.0.0/8, 192.0.2.1", "10.200.3.4", true)]
    [InlineData("10.0.0.0/8, 192.0.2.1", "192.0.2.1", true)]
    [InlineData("10.0.0.0/8, 192.0.2.1", "11.0.0.1", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("2001:db8::/32", "2001:db8::7", true)]
    [InlineData("2001:db8::/32", "2001:db9::7", false)]
    [InlineData("10.0.0.0/8", null, false)]
    [InlineData("", null, true)]
    public async Task A_key_lets_in_from_its_addresses_only(string list, string? from, bool isIn)
    {
        var key = await MakeAsync(("whitelist", list));
        var address = from is null ? null : IPAddress.Parse(from);
        if (isIn)
            SignIn(key, address);
        else
            Should.Throw<PlatformException>(() => SignIn(key, address)).Message.ShouldBe("The application key [Key] may not be used from this address.");
    }

    [Theory]
    [InlineData("10.0.0.0/99")]
    [InlineData("my pc")]
    [InlineData("10.0.*.*")]
    public async Task An_address_list_that_would_match_nothing_is_refused(string list)
    {
        await MakeAsync();
        foreach (var refusal in new[]
        {
            await _platform.RefusedAsync("Administrator", "ApplicationKeys/Key", "SetIPWhitelist", ("ipWhitelist", list)),
            await _platform.RefusedAsync("Administrator", "Resources/EntityServices", "CreateApplicationKey", ("name", "K2"), ("user", "edge"), ("whitelist", list)),
        })
        {
            refusal.Code.ShouldBe(ErrorCode.BadRequest);
            refusal.Message.ShouldContain($"'{list}'");
        }
    }

    [Fact]
    public async Task A_key_is_shown_once()
    {
        var key = await MakeAsync();
        key.Length.ShouldBe(36);
        (await _platform.RefusedAsync("Administrator", "ApplicationKeys/Key", "GetKeyID")).Message.ShouldContain("shown once; rotate the key");
        await _platform.RestartAsync();
        (await _platform.RefusedAsync("Administrator", "ApplicationKeys/Key", "GetKeyID")).Code.ShouldBe(ErrorCode.Forbidden);
        SignIn(key);
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_sees_the_key()
    {
        await CreateAsync();
        var seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await _platform.CallAsync("ApplicationKeys/Key", "GetKeyID")).ToString();
            }
            catch (PlatformException)
            {
                return null;
            }
        })));
        seen.Count(key => key is not null).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_nobody_fetched_for_a_day_is_gone_from_the_disk()
    {
        await CreateAsync(("expirationDate", _time.GetUtcNow().AddDays(9)));
        (await RowAsync()).ShouldContain(MarkedSecrets.Mark);
        _time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(1));
        (await _platform.RefusedAsync("Administrator", "ApplicationKeys/Key", "GetKeyID")).Code.ShouldBe(ErrorCode.Forbidden);
        (await RowAsync()).ShouldNotContain(MarkedSecrets.Mark);
    }

    [Fact]
    public async Task A_key_that_nobody_asked_for_is_gone_from_the_disk_at_the_next_start_after_a_day()
    {
        await CreateAsync(("expirationDate", _time.GetUtcNow().AddDays(9)));
        _time.Advance(TimeSpan.FromHours(25));
        await _platform.RestartAsync();
        (await RowAsync()).ShouldNotContain(MarkedSecrets.Mark);
    }

    [Fact]
    public async Task A_rotated_key_ends_at_once_and_the_new_one_is_told()
    {
        var old = await MakeAsync();
        var fresh = (await _platform.CallAsync("ApplicationKeys/Key", "RotateKey")).ToString();
        fresh.ShouldNotBe(old);
        Refused(old);
        SignIn(fresh);
        await _platform.RestartAsync();
        Refused(old);
        SignIn(fresh);
    }

    [Fact]
    public async Task On_disk_is_a_hash_and_never_the_key()
    {
        var key = await MakeAsync();
        var row = await RowAsync();
        row.ShouldContain(Authenticator.HashKey(key));
        row.ShouldNotContain(key);
        row.ShouldNotContain(MarkedSecrets.Mark);
        var shown = _platform.Get<EntityPages>().Show("Administrator", TestPlatform.Key("ApplicationKeys/Key"));
        shown.ShouldNotContain(Authenticator.HashKey(key));
        _platform.Log.Lines.ShouldAllBe(line => !line.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_of_a_disabled_or_deleted_user_does_not_let_in()
    {
        var key = await MakeAsync();
        await _platform.CallAsync("Users/edge", "DisableUser");
        Refused(key);
        await _platform.CallAsync("Users/edge", "EnableUser");
        SignIn(key);
        await _platform.CallAsync("Resources/EntityServices", "DeleteApplicationKey", ("name", "Key"));
        Refused(key).ShouldBe("The application key is not known here.");
    }

    [Fact]
    public async Task Making_a_key_asks_for_Update_on_its_user()
    {
        await _platform.MakeUserAsync("maker");
        await _platform.ShowAsync("Resources/EntityServices");
        await _platform.AllowAsync("Resources/EntityServices", "maker", Permission.Create);
        (string, object?)[] For(string user) => [("name", $"For{user}"), ("user", user)];

        await _platform.ShowAsync("Users/Administrator");
        await _platform.ShowAsync("Users/edge");
        (await _platform.RefusedAsync("maker", "Resources/EntityServices", "CreateApplicationKey", For("Administrator"))).Message.ShouldContain("Update in User [Administrator]");
        await _platform.AllowAsync("Users/edge", "maker", Permission.Update);
        await _platform.InvokeAsync("maker", "Resources/EntityServices", "CreateApplicationKey", For("edge"));

        await _platform.ShowAsync("ApplicationKeys/Foredge");
        await _platform.AllowAsync("ApplicationKeys/Foredge", "maker", Permission.Update);
        (await _platform.RefusedAsync("maker", "ApplicationKeys/Foredge", "SetUserName", ("name", "Administrator"))).Code.ShouldBe(ErrorCode.Forbidden);
        _platform.Entities.Find(TestPlatform.Key("ApplicationKeys/Foredge"))!.Definition.ShouldBeOfType<ApplicationKeyDefinition>().UserName.ShouldBe("edge");
    }

    private Task CreateAsync(params (string, object?)[] more) =>
        _platform.CallAsync("Resources/EntityServices", "CreateApplicationKey", [("name", "Key"), ("user", "edge"), .. more]);

    private async Task<string> MakeAsync(params (string, object?)[] more)
    {
        await CreateAsync(more);
        return (await _platform.CallAsync("ApplicationKeys/Key", "GetKeyID")).ToString();
    }

    private ApplicationKeyDefinition SignIn(string key, IPAddress? from) => _platform.Get<Authenticator>().SignIn(key, from);

    private ApplicationKeyDefinition SignIn(string key) => SignIn(key, IPAddress.Loopback);

    private string Refused(string key)
    {
        var refusal = Should.Throw<PlatformException>(() => SignIn(key));
        refusal.Code.ShouldBe(ErrorCode.Unauthorized);
        refusal.Message.ShouldNotContain(key);
        return refusal.Message;
    }

    private async Task<string> RowAsync() =>
        (await _platform.Get<IStorage>().Model.LoadEntitiesAsync(CancellationToken.None)).Single(record => record.Kind == EntityKind.ApplicationKeys).Document;
}
