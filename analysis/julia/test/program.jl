# SPDX-License-Identifier: GPL-3.0-or-later

@testset "settings as the scenario language writes them" begin
    @test ISSSim.setting(false) == "false"
    @test ISSSim.setting(2.5) == "2.5"
    @test ISSSim.setting(3) == "3"
    @test ISSSim.setting("2023-01-01") == "2023-01-01"
    @test ISSSim.setting(Date(2023, 1, 2)) == "\"2023-01-02\""
    @test ISSSim.setting(DateTime(2023, 1, 2, 3)) == "\"2023-01-02T03:00:00Z\""
    @test ISSSim.setting(["ada", "bo"]) == "[\"ada\", \"bo\"]"
    @test ISSSim.setting((dist = "exponential", mean = 30)) ==
          "{ dist = \"exponential\"; mean = 30; }"
    @test ISSSim.setting([(at = 1,), (at = 2,)]) == "({ at = 1; }, { at = 2; })"
    @test ISSSim.option_words((traces = [3, 17], reproducible = true, seed = nothing,
        max_n = 5)) == ["--traces", "3,17", "--reproducible", "--max-n", "5"]
end

@testset "a run without a file of its own" begin
    run = ISSSim.run(
        "soyuz_leak.cfg"; set = "policy.call_up" => false, seed = 5, replication = 2,
    )
    @test run.provenance.overrides == ["policy.call_up=false"]
    @test (run.seed, run.replication) == (5, 2)
    @test ISSSim.metric(run, "rescues_called") == 0
    path = run.path
    @test isfile(path)
    close(run)
    @test !ispath(dirname(path))
end

@testset "the same seed gives the same study" begin
    studies = [ISSSim.mc(
        "soyuz_leak.cfg"; n = 20, jobs = 1, seed = 7, set = Dict("policy.call_up" => true),
        reproducible = true,
    ) for _ in 1:2]
    @test studies[1].replications.fingerprint == studies[2].replications.fingerprint
    @test read(studies[1].path) == read(studies[2].path)
    @test studies[1].provenance.started === nothing
    foreach(close, studies)
end

@testset "what the program says when it fails is the error" begin
    failure = try
        ISSSim.run("soyuz_leak.cfg"; set = "policy.call_down" => true)
    catch error
        error
    end
    @test failure isa ISSSim.ProgramError
    @test failure.code == 65
    @test occursin("call_down", failure.message)
    @test_throws ISSSim.ProgramError ISSSim.run("soyuz_leak.cfg"; output = made("leak.h5"))
    @test_throws ISSSim.ProgramError ISSSim.run("soyuz_leak.cfg"; program = "/nowhere/x")
end

@testset "a study with missions that failed is given with a warning" begin
    few = "scenario.max_events" => 145
    study = @test_logs (:warn, r"24 of 40 missions failed") ISSSim.mc(
        "soyuz_leak.cfg"; n = 40, set = few,
    )
    @test length(study.failed.replication) == 24
    @test study.n == 40
    first_failed = first(study.failed.replication)
    close(study)
    path = made("failed-mc.h5")
    close(@test_logs (:warn, r"missions failed") ISSSim.mc(
        "soyuz_leak.cfg"; n = 40, set = few, output = path,
    ))
    @test_throws ISSSim.ProgramError ISSSim.run(
        "soyuz_leak.cfg"; set = few, replication = first_failed,
    )
    ends_so = made("isssim-that-fails") # without having written anything
    write(ends_so, "#!/bin/sh\necho no memory >&2; exit 70\n")
    chmod(ends_so, 0o755)
    @test_throws ISSSim.ProgramError("no memory", 70) ISSSim.mc(
        "soyuz_leak.cfg"; n = 40, output = path, program = ends_so,
    )
end
