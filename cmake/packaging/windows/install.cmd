@echo off
rem SPDX-License-Identifier: GPL-2.0-or-later
rem
rem Installs SkypeFed for you alone, from the folder of this file. Needs no administrator.
rem
rem   install.cmd [/quiet] [FOLDER-OF-WIRESHARK]
rem
rem Without a folder Wireshark is looked for where its installer has noted it, then in
rem Program Files and in PATH. Call it for each copy of Wireshark that you have. Of a
rem portable Wireshark, name the folder that has App and Data. /quiet never waits for a
rem key. uninstall.cmd undoes what this does.
setlocal

set "here=%~dp0"
set "self=%~f0"
rem By its full name: other systems have another find, which may come first in PATH.
set "find=%SystemRoot%\System32\find.exe"
set "named="
set "wait="
call :double_clicked
:option
if "%~1" == "" goto options_read
if /i "%~1" == "/quiet" (set "wait=") else set "named=%~f1"
shift /1
goto option
:options_read
call :install
set "result=%errorlevel%"
if defined wait pause
exit /b %result%

rem double_clicked: whether the window will close with this script, before anyone has read a word. The line may hold
rem characters that would be commands.
:double_clicked
setlocal enabledelayedexpansion
set "line=!cmdcmdline!"
set "rest=!line:%self%=!"
set "found="
if defined line if not "!rest!" == "!line!" set "found=1"
endlocal & set "wait=%found%"
exit /b 0

:install
if not exist "%here%plugins" (
    echo Unpack the whole archive first: right-click it, choose Extract All, and call install.cmd in the new folder.
    exit /b 1
)
set "wireshark="
if defined named (
    call :try "%named%"
) else (
    for /f "tokens=2,*" %%A in ('reg query "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Wireshark" /v InstallLocation 2^>nul ^| %find% "REG_SZ"') do call :try "%%B"
    for /f "tokens=2,*" %%A in ('reg query "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\Wireshark.exe" /v Path 2^>nul ^| %find% "REG_SZ"') do call :try "%%B"
    call :try "%ProgramFiles%\Wireshark"
    for %%A in (tshark.exe) do if not "%%~$PATH:A" == "" call :try "%%~$PATH:A"
)
if not defined wireshark (
    if defined named (echo No Wireshark in "%named%": there is no tshark.exe.) else echo No Wireshark in the registry, in "%ProgramFiles%\Wireshark" or in PATH.
    echo Name its folder: install.cmd "C:\Program Files\Wireshark"
    exit /b 1
)

rem Not by its full name, whose parentheses would end those of the command. The first line reads "TShark (Wireshark) 4.4.2 (v4.4.2-0-g...)."
set "version="
pushd "%wireshark%"
for /f "tokens=3" %%A in ('.\tshark.exe --version 2^>nul') do if not defined version set "version=%%A"
popd
for /f "tokens=1,2 delims=." %%A in ("%version%") do set "minor=%%A.%%B"
if not exist "%here%plugins\%minor%\epan\skypefed.dll" (
    echo Wireshark %version% is in "%wireshark%", but this package has no plugin for it. It has plugins for:
    dir /b "%here%plugins"
    exit /b 1
)

rem Where Wireshark looks for what is yours. A portable one has it beside its programs, and is told so when it starts.
for %%A in ("%wireshark%\..\..") do if exist "%%~fA\App\AppInfo\appinfo.ini" set "WIRESHARK_APPDATA=%%~fA\Data"
set "own=%APPDATA%\Wireshark"
if defined WIRESHARK_APPDATA set "own=%WIRESHARK_APPDATA%"
if defined WIRESHARK_CONFIG_DIR set "own=%WIRESHARK_CONFIG_DIR%"

call :put "%here%plugins\%minor%\epan\skypefed.dll" "%own%\plugins\%minor%\epan" || exit /b 1
if exist "%here%plugins\%minor%\wiretap\skypefed-log.dll" (
    call :put "%here%plugins\%minor%\wiretap\skypefed-log.dll" "%own%\plugins\%minor%\wiretap" || exit /b 1
)
call :put "%here%extcap\skypefed-log.exe" "%own%\extcap" || exit /b 1
set "profile=%own%\profiles\SkypeFed"
pushd "%here%profile"
for %%F in (*) do call :put_unchanged "%%F" || exit /b 1
popd

"%wireshark%\tshark.exe" -G plugins 2>nul | %find% "skypefed" >nul
if errorlevel 1 (
    echo Wireshark %version% does not load the plugin, which is for 64-bit Intel and AMD processors.
    echo To remove it: "%here%uninstall.cmd"
    exit /b 1
)
echo.
echo Wireshark %version% has loaded the plugin, for the user %USERNAME%. To remove it: "%here%uninstall.cmd"
exit /b 0

rem try FOLDER: is this Wireshark, or a portable one? A program may stand for its folder.
:try
if defined wireshark exit /b 0
if exist "%~f1\App\Wireshark\tshark.exe" (set "wireshark=%~f1\App\Wireshark") else if exist "%~f1\tshark.exe" set "wireshark=%~f1"
if not defined wireshark if /i "%~x1" == ".exe" if exist "%~dp1tshark.exe" set "wireshark=%~dp1"
exit /b 0

rem put_unchanged FILE: copies a file of the profile, unless it was changed there: then it is yours by now. What an older
rem SkypeFed has installed is renewed: a copy of the files as they were installed tells the one from the other.
:put_unchanged
if not exist "%profile%\%~1" goto put_profile
"%SystemRoot%\System32\fc.exe" /b %1 "%profile%\%~1" >nul 2>nul
if not errorlevel 1 goto put_profile
"%SystemRoot%\System32\fc.exe" /b "%profile%\as-installed\%~1" "%profile%\%~1" >nul 2>nul
if not errorlevel 1 goto put_profile
echo Left, since it was changed: "%profile%\%~1"
exit /b 0
:put_profile
call :put %1 "%profile%" || exit /b 1
if not exist "%profile%\as-installed" mkdir "%profile%\as-installed"
copy /y %1 "%profile%\as-installed" >nul
exit /b 0

rem put FILE FOLDER: copies a file.
:put
if not exist %2 mkdir %2
copy /y %1 %2 >nul
if errorlevel 1 (
    echo Cannot write to %2. Is Wireshark running?
    exit /b 1
)
echo Installed: "%~2\%~nx1"
exit /b 0
